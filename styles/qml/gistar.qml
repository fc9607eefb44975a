<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|MapTips|Rendering" labelsEnabled="0">
 <renderer-v2 type="categorizedSymbol" attr="class" symbollevels="0" enableorderby="0" forceraster="0">
  <categories>
   <category value="3" label="Far more than chance gives" symbol="0" render="true"/>
   <category value="2" label="More than chance gives" symbol="1" render="true"/>
   <category value="1" label="Perhaps more than chance gives" symbol="2" render="true"/>
   <category value="0" label="No more than chance" symbol="3" render="true"/>
   <category value="-1" label="Perhaps fewer than chance gives" symbol="4" render="true"/>
   <category value="-2" label="Fewer than chance gives" symbol="5" render="true"/>
   <category value="-3" label="Far fewer than chance gives" symbol="6" render="true"/>
  </categories>
  <symbols>
   <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="178,24,43,255" type="QString"/>
      <Option name="style" value="solid" type="QString"/>
      <Option name="outline_color" value="90,90,90,120" type="QString"/>
      <Option name="outline_style" value="solid" type="QString"/>
      <Option name="outline_width" value="0.1" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="178,24,43,255"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="90,90,90,120"/>
     <prop k="outline_style" v="solid"/>
     <prop k="outline_width" v="0.1"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol type="fill" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="239,138,98,255" type="QString"/>
      <Option name="style" value="solid" type="QString"/>
      <Option name="outline_color" value="90,90,90,120" type="QString"/>
      <Option name="outline_style" value="solid" type="QString"/>
      <Option name="outline_width" value="0.1" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="239,138,98,255"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="90,90,90,120"/>
     <prop k="outline_style" v="solid"/>
     <prop k="outline_width" v="0.1"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol type="fill" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="253,219,199,255" type="QString"/>
      <Option name="style" value="solid" type="QString"/>
      <Option name="outline_color" value="90,90,90,120" type="QString"/>
      <Option name="outline_style" value="solid" type="QString"/>
      <Option name="outline_width" value="0.1" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="253,219,199,255"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="90,90,90,120"/>
     <prop k="outline_style" v="solid"/>
     <prop k="outline_width" v="0.1"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol type="fill" name="3" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="247,247,247,110" type="QString"/>
      <Option name="style" value="solid" type="QString"/>
      <Option name="outline_color" value="90,90,90,120" type="QString"/>
      <Option name="outline_style" value="solid" type="QString"/>
      <Option name="outline_width" value="0.1" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="247,247,247,110"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="90,90,90,120"/>
     <prop k="outline_style" v="solid"/>
     <prop k="outline_width" v="0.1"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol type="fill" name="4" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="209,229,240,255" type="QString"/>
      <Option name="style" value="solid" type="QString"/>
      <Option name="outline_color" value="90,90,90,120" type="QString"/>
      <Option name="outline_style" value="solid" type="QString"/>
      <Option name="outline_width" value="0.1" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="209,229,240,255"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="90,90,90,120"/>
     <prop k="outline_style" v="solid"/>
     <prop k="outline_width" v="0.1"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol type="fill" name="5" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="103,169,207,255" type="QString"/>
      <Option name="style" value="solid" type="QString"/>
      <Option name="outline_color" value="90,90,90,120" type="QString"/>
      <Option name="outline_style" value="solid" type="QString"/>
      <Option name="outline_width" value="0.1" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="103,169,207,255"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="90,90,90,120"/>
     <prop k="outline_style" v="solid"/>
     <prop k="outline_width" v="0.1"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol type="fill" name="6" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="33,102,172,255" type="QString"/>
      <Option name="style" value="solid" type="QString"/>
      <Option name="outline_color" value="90,90,90,120" type="QString"/>
      <Option name="outline_style" value="solid" type="QString"/>
      <Option name="outline_width" value="0.1" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="33,102,172,255"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="90,90,90,120"/>
     <prop k="outline_style" v="solid"/>
     <prop k="outline_width" v="0.1"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <blendMode>0</blendMode>
 <featureBlendMode>0</featureBlendMode>
 <layerOpacity>0.8</layerOpacity>
 <aliases>
  <alias field="west" index="0" name="Western edge, m"/>
  <alias field="south" index="1" name="Southern edge, m"/>
  <alias field="incidents" index="2" name="Incidents"/>
  <alias field="window_incidents" index="3" name="Incidents round about"/>
  <alias field="window_expected" index="4" name="Expected round about"/>
  <alias field="window_squares" index="5" name="Squares round about"/>
  <alias field="z" index="6" name="Gi*, z"/>
  <alias field="p_value" index="7" name="p, permuted"/>
  <alias field="p_analytic" index="8" name="p, normal law"/>
  <alias field="p_fdr" index="9" name="p, among all squares"/>
  <alias field="class" index="10" name="Class"/>
 </aliases>
 <mapTip>&lt;b&gt;[% "incidents" %] incidents&lt;/b&gt;&lt;br&gt;[% "window_incidents" %] in and round the square, [% round("window_expected", 1) %] expected&lt;br&gt;z [% round("z", 2) %], p among all squares [% round("p_fdr", 4) %]</mapTip>
</qgis>
