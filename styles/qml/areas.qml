<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|MapTips|Rendering" labelsEnabled="1">
 <renderer-v2 type="categorizedSymbol" attr="class" symbollevels="0" enableorderby="0" forceraster="0">
  <categories>
   <category value="1" label="Areas that together hold the first quarter of incidents" symbol="0" render="true"/>
   <category value="2" label="Areas that together hold the second quarter" symbol="1" render="true"/>
   <category value="3" label="Areas that hold the rest" symbol="2" render="true"/>
   <category value="0" label="No incidents" symbol="3" render="true"/>
  </categories>
  <symbols>
   <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="129,125,186,150" type="QString"/>
      <Option name="style" value="solid" type="QString"/>
      <Option name="outline_color" value="70,70,70,255" type="QString"/>
      <Option name="outline_style" value="solid" type="QString"/>
      <Option name="outline_width" value="0.26" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="129,125,186,150"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="70,70,70,255"/>
     <prop k="outline_style" v="solid"/>
     <prop k="outline_width" v="0.26"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol type="fill" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="188,189,220,150" type="QString"/>
      <Option name="style" value="solid" type="QString"/>
      <Option name="outline_color" value="70,70,70,255" type="QString"/>
      <Option name="outline_style" value="solid" type="QString"/>
      <Option name="outline_width" value="0.26" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="188,189,220,150"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="70,70,70,255"/>
     <prop k="outline_style" v="solid"/>
     <prop k="outline_width" v="0.26"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol type="fill" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="239,237,245,110" type="QString"/>
      <Option name="style" value="solid" type="QString"/>
      <Option name="outline_color" value="70,70,70,255" type="QString"/>
      <Option name="outline_style" value="solid" type="QString"/>
      <Option name="outline_width" value="0.26" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="239,237,245,110"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="70,70,70,255"/>
     <prop k="outline_style" v="solid"/>
     <prop k="outline_width" v="0.26"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol type="fill" name="3" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="255,255,255,60" type="QString"/>
      <Option name="style" value="solid" type="QString"/>
      <Option name="outline_color" value="70,70,70,255" type="QString"/>
      <Option name="outline_style" value="solid" type="QString"/>
      <Option name="outline_width" value="0.26" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="255,255,255,60"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="70,70,70,255"/>
     <prop k="outline_style" v="solid"/>
     <prop k="outline_width" v="0.26"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <blendMode>0</blendMode>
 <featureBlendMode>0</featureBlendMode>
 <layerOpacity>1</layerOpacity>
 <labeling type="simple">
  <settings>
   <text-style fieldName="name" isExpression="0" fontFamily="DejaVu Sans" fontSize="8" fontSizeUnit="Point" textColor="40,40,40,255" textOpacity="1">
    <text-buffer bufferDraw="1" bufferSize="0.9" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="0.9" bufferJoinStyle="128"/>
   </text-style>
   <text-format/>
   <placement placement="4" priority="8" centroidInside="1" polygonPlacementFlags="2"/>
   <rendering obstacle="0" obstacleFactor="1" obstacleType="1"/>
  </settings>
 </labeling>
 <mapTip>&lt;b&gt;[% replace("name", map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;')) %]&lt;/b&gt;&lt;br&gt;[% format_number("incidents", 0) %] incidents, rank [% "rank" %]&lt;br&gt;[% format_number("share" * 100, 1) %]% of all</mapTip>
</qgis>
