<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|MapTips|Rendering" labelsEnabled="0">
 <renderer-v2 type="categorizedSymbol" attr="class" symbollevels="0" enableorderby="0" forceraster="0">
  <categories>
   <category value="0" label="under 5" symbol="0" render="true"/>
   <category value="1" label="5 to 10" symbol="1" render="true"/>
   <category value="2" label="10 to 20" symbol="2" render="true"/>
   <category value="3" label="20 to 50" symbol="3" render="true"/>
   <category value="4" label="50 to 100" symbol="4" render="true"/>
   <category value="5" label="100 to 200" symbol="5" render="true"/>
   <category value="6" label="200 to 500" symbol="6" render="true"/>
   <category value="7" label="500 and more" symbol="7" render="true"/>
  </categories>
  <symbols>
   <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="255,255,255,0" type="QString"/>
      <Option name="style" value="no" type="QString"/>
      <Option name="outline_color" value="255,255,255,0" type="QString"/>
      <Option name="outline_style" value="no" type="QString"/>
      <Option name="outline_width" value="0.1" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="255,255,255,0"/>
     <prop k="style" v="no"/>
     <prop k="outline_color" v="255,255,255,0"/>
     <prop k="outline_style" v="no"/>
     <prop k="outline_width" v="0.1"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol type="fill" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="255,255,178,255" type="QString"/>
      <Option name="style" value="solid" type="QString"/>
      <Option name="outline_color" value="255,255,178,255" type="QString"/>
      <Option name="outline_style" value="no" type="QString"/>
      <Option name="outline_width" value="0.1" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="255,255,178,255"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="255,255,178,255"/>
     <prop k="outline_style" v="no"/>
     <prop k="outline_width" v="0.1"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol type="fill" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="254,217,118,255" type="QString"/>
      <Option name="style" value="solid" type="QString"/>
      <Option name="outline_color" value="254,217,118,255" type="QString"/>
      <Option name="outline_style" value="no" type="QString"/>
      <Option name="outline_width" value="0.1" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="254,217,118,255"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="254,217,118,255"/>
     <prop k="outline_style" v="no"/>
     <prop k="outline_width" v="0.1"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol type="fill" name="3" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="254,178,76,255" type="QString"/>
      <Option name="style" value="solid" type="QString"/>
      <Option name="outline_color" value="254,178,76,255" type="QString"/>
      <Option name="outline_style" value="no" type="QString"/>
      <Option name="outline_width" value="0.1" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="254,178,76,255"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="254,178,76,255"/>
     <prop k="outline_style" v="no"/>
     <prop k="outline_width" v="0.1"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol type="fill" name="4" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="253,141,60,255" type="QString"/>
      <Option name="style" value="solid" type="QString"/>
      <Option name="outline_color" value="253,141,60,255" type="QString"/>
      <Option name="outline_style" value="no" type="QString"/>
      <Option name="outline_width" value="0.1" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="253,141,60,255"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="253,141,60,255"/>
     <prop k="outline_style" v="no"/>
     <prop k="outline_width" v="0.1"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol type="fill" name="5" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="252,78,42,255" type="QString"/>
      <Option name="style" value="solid" type="QString"/>
      <Option name="outline_color" value="252,78,42,255" type="QString"/>
      <Option name="outline_style" value="no" type="QString"/>
      <Option name="outline_width" value="0.1" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="252,78,42,255"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="252,78,42,255"/>
     <prop k="outline_style" v="no"/>
     <prop k="outline_width" v="0.1"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol type="fill" name="6" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="227,26,28,255" type="QString"/>
      <Option name="style" value="solid" type="QString"/>
      <Option name="outline_color" value="227,26,28,255" type="QString"/>
      <Option name="outline_style" value="no" type="QString"/>
      <Option name="outline_width" value="0.1" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="227,26,28,255"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="227,26,28,255"/>
     <prop k="outline_style" v="no"/>
     <prop k="outline_width" v="0.1"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol type="fill" name="7" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="177,0,38,255" type="QString"/>
      <Option name="style" value="solid" type="QString"/>
      <Option name="outline_color" value="177,0,38,255" type="QString"/>
      <Option name="outline_style" value="no" type="QString"/>
      <Option name="outline_width" value="0.1" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="177,0,38,255"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="177,0,38,255"/>
     <prop k="outline_style" v="no"/>
     <prop k="outline_width" v="0.1"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <blendMode>6</blendMode>
 <featureBlendMode>0</featureBlendMode>
 <layerOpacity>1</layerOpacity>
 <mapTip>&lt;b&gt;[% CASE WHEN "per_km2_to" IS NULL THEN "per_km2_from" || ' and more' WHEN "class" = 0 THEN 'under ' || "per_km2_to" ELSE "per_km2_from" || ' to under ' || "per_km2_to" END %]&lt;/b&gt; incidents per km² in the period&lt;br&gt;[% format_number("area_km2", 2) %] km², [% format_number("share" * 100, 1) %]% of all incidents</mapTip>
</qgis>
